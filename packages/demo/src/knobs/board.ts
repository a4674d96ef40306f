import type { KnobDefinition, KnobName } from './definitions.ts';

interface Setting {
  value: number;
  version: number;
}

/** The knobs' values as they are in force in this process. */
export class KnobBoard {
  readonly definitions: readonly KnobDefinition[];
  readonly #settings = new Map<KnobName, Setting>();
  readonly #listeners: { name: KnobName; listener: (value: number) => void }[] = [];

  constructor(definitions: readonly KnobDefinition[]) {
    this.definitions = definitions;
    for (const knob of definitions) this.#settings.set(knob.name, { value: knob.default, version: 0 });
  }

  value(name: KnobName): number {
    return this.#settings.get(name)!.value;
  }

  /** Calls `listener` at every change of one knob. */
  onChange(name: KnobName, listener: (value: number) => void): void {
    this.#listeners.push({ name, listener });
  }

  /** Puts a stored value in force; an older version than the one in force is ignored, however late it comes. */
  apply(name: KnobName, setting: Setting): void {
    const previous = this.#settings.get(name)!;
    if (setting.version <= previous.version) return;
    this.#settings.set(name, setting);
    if (setting.value === previous.value) return;
    for (const entry of this.#listeners) {
      if (entry.name === name) entry.listener(setting.value);
    }
  }
}
