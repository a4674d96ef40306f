const { default: Sequencer } = require('@jest/test-sequencer');

/** Runs what brings up whole systems after everything else, so that it has the machine for itself. */
module.exports = class EndToEndLast extends Sequencer {
  sort(tests) {
    const isEndToEnd = ({ path }) => path.includes('/end-to-end/');
    return [...super.sort(tests)].sort((a, b) => Number(isEndToEnd(a)) - Number(isEndToEnd(b)));
  }
};
