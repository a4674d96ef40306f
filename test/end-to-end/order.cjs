const { default: Sequencer } = require('@jest/test-sequencer');

/** Waits for most of its time: it fills the pauses of the others. */
const FIRST = ['/end-to-end/system.', '/end-to-end/episodes.', '/end-to-end/killed.'];
/** Waits for alerts that nothing else may raise: it has the machine for itself. */
const LAST = ['/end-to-end/faults.'];

/** Two files are tested at a time; which, is a matter of what they would do to each other. */
module.exports = class EndToEndOrder extends Sequencer {
  sort(tests) {
    const isOneOf = (names, { path }) => names.some((name) => path.includes(name));
    const place = (test) => (isOneOf(FIRST, test) ? 0 : isOneOf(LAST, test) ? 2 : 1);
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
