import { ConfigDocument, type ConfigPath, type Diagnostic, type Finding } from '@evenkeel/toolkit';

/** A file that can say where something in it stands. */
export interface PlacedFile {
  readonly file: string;
  readonly text: string;
  atValue(path: ConfigPath, finding: Finding): Diagnostic;
}

/** A JSON file: it is read for its places, which takes long, only when there is something to say about it. */
export class JsonFile implements PlacedFile {
  readonly file: string;
  readonly text: string;
  #places: ConfigDocument | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** JSON is YAML, so it has places too. */
  atValue(path: ConfigPath, finding: Finding): Diagnostic {
    this.#places ??= new ConfigDocument(this.file, this.text);
    return this.#places.atValue(path, finding);
  }
}
