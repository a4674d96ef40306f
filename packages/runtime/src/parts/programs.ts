/** Programs that Evenkeel runs but does not bring by npm: where to look for them, and the Debian package that has them. */
export interface Program {
  /** Names under which distributions install it, the upstream one first. */
  names: readonly string[];
  debianPackage: string;
  /** Where Debian's build looks for its templates and pages, whatever directory it was unpacked to. */
  fixedDirectory?: string;
  /** Packages with the scripts and styles of its pages; Debian shares them among programs. */
  pagePackages?: readonly string[];
}

export const PROGRAMS = {
  prometheus: {
    names: ['prometheus'],
    debianPackage: 'prometheus',
    fixedDirectory: '/usr/share/prometheus/web',
    pagePackages: [
      'fonts-glyphicons-halflings',
      'libjs-bootstrap4',
      'libjs-d3',
      'libjs-eonasdan-bootstrap-datetimepicker',
      'libjs-jquery',
      'libjs-jquery-hotkeys',
      'libjs-moment',
      'libjs-moment-timezone',
      'libjs-mustache',
      'libjs-popper.js',
      'libjs-rickshaw',
    ],
  },
  promtool: { names: ['promtool'], debianPackage: 'prometheus' },
  alertmanager: {
    names: ['alertmanager', 'prometheus-alertmanager'],
    debianPackage: 'prometheus-alertmanager',
    fixedDirectory: '/usr/share/prometheus/alertmanager',
  },
  amtool: { names: ['amtool'], debianPackage: 'prometheus-alertmanager' },
  'prometheus-node-exporter': {
    names: ['prometheus-node-exporter', 'node_exporter'],
    debianPackage: 'prometheus-node-exporter',
  },
  'prometheus-sql-exporter': {
    names: ['prometheus-sql-exporter', 'sql_exporter'],
    debianPackage: 'prometheus-sql-exporter',
  },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;
