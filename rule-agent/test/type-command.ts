import { runCommandLine } from '@evenkeel/toolkit';
import { agentProgram } from '../src/commands/index.ts';

/** Types a command line of `evenkeel-agent` in this process. @throws what the command throws */
export async function typeCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stdout: string }> {
  let stdout = '';
  const write = (text: string) => Promise.resolve(void (stdout += text));
  const code = await runCommandLine(agentProgram('0.0.0'), { argv, env, write });
  return { code, stdout };
}
