import type { Program } from '@evenkeel/toolkit';
import { VARIABLE_PREFIX } from '../config/index.ts';
import { checkCommand } from './check.ts';
import { explainCommand } from './explain.ts';
import { journalAcceptCommand } from './journal-accept.ts';
import { journalBackupCommand } from './journal-backup.ts';
import { journalExportCommand } from './journal-export.ts';
import { journalVerifyCommand } from './journal-verify.ts';
import { replayCommand } from './replay.ts';
import { runCommand } from './run.ts';
import { testCommand } from './test.ts';
import { tokenCreateCommand } from './token-create.ts';
import { tokenListCommand } from './token-list.ts';
import { tokenRevokeCommand } from './token-revoke.ts';

/** `evenkeel-agent` with every command that it has. */
export function agentProgram(version: string): Program {
  return {
    name: 'evenkeel-agent',
    version,
    summary: 'reads facts by PromQL, decides under rules, acts, and keeps a journal of all of it',
    standard: 'run',
    commands: [
      runCommand,
      checkCommand,
      testCommand,
      replayCommand,
      explainCommand,
      tokenCreateCommand,
      tokenListCommand,
      tokenRevokeCommand,
      journalVerifyCommand,
      journalExportCommand,
      journalBackupCommand,
      journalAcceptCommand,
    ],
    envPrefix: VARIABLE_PREFIX,
    examples: [
      'evenkeel-agent --config.file=agent.yml',
      'evenkeel-agent check --config.file=agent.yml',
      'EVENKEEL_AGENT_JOURNAL_PATH=/data/journal.db evenkeel-agent     each key of the configuration is a variable, too',
      'curl -s http://127.0.0.1:9851/api/v1/rules     which rules there are, and where each stands on its targets',
    ],
  };
}
