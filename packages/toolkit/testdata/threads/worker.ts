import { serveTasks } from '../../src/threads/serve-tasks.ts';

/** A thread of a test: it does what it is told, well or not. */
serveTasks((task: string, data: string): unknown => {
  switch (task) {
    case 'hang':
      for (;;);
    case 'throw':
      throw new Error('as it was told');
    case 'fill':
      return fill();
    case 'environment':
      return Object.keys(process.env);
    default:
      return `${data} ${task}`;
  }
});

function fill(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
}
