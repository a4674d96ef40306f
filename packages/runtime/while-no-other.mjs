// Part of what runs before anything is installed: only what Node 20 has.
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 500;

/**
 * Does a work that two processes must not do at once: waits while another does it, and takes no notice of one that has died.
 *
 * @param file where the process that works writes its id; gone when it has ended
 */
export async function whileNoOther(file, work) {
  for (let waiting = false; !takes(file); waiting = true) {
    if (!waiting) console.error(`Waiting for another process (its id is in ${file}) ...`);
    await pause(LOOK_AGAIN_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** A link is there whole or not at all: nobody reads a file whose id is not written yet. */
function takes(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const other = workerOf(file);
    if (other !== undefined && !isAlive(other)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Undefined when it has just ended. */
function workerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
