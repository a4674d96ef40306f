// Anything may be asked of it, called or made: it is nothing again.
const nothing = new Proxy(function () {}, {
  get(target, key) {
    if (key === 'prototype') return target.prototype;
    if (key === 'then') return undefined;
    if (key === Symbol.toPrimitive) return () => '';
    if (key === Symbol.iterator) return () => [].values();
    return nothing;
  },
  apply: () => nothing,
  construct: () => nothing,
});

module.exports = nothing;
