import { type PanelPlugin, type PanelPluginMeta } from '@grafana/data';
import { systemWithSharedModules } from './shared-modules';

const DIRECTORY = '/plugin';

/** Loads the built module the way Grafana does, and gives it what its plugin.json says. */
export async function loadPanel(): Promise<PanelPlugin> {
  const system = systemWithSharedModules();
  const [module, response] = await Promise.all([
    system.import(`${DIRECTORY}/module.js`) as Promise<PanelModule>,
    fetch(`${DIRECTORY}/plugin.json`),
  ]);
  const plugin = module.plugin ?? module.default?.plugin;
  if (plugin === undefined) {
    throw new Error('module.js gives no panel');
  }
  plugin.meta = {
    ...((await response.json()) as PanelPluginMeta),
    module: `${DIRECTORY}/module.js`,
    baseUrl: DIRECTORY,
  };
  return plugin;
}

interface PanelModule {
  plugin?: PanelPlugin;
  default?: { plugin: PanelPlugin };
}
