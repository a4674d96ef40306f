/** Why a text is not YAML as Evenkeel reads it; places are counted in characters from its beginning. */
export interface YamlProblem {
  from: number;
  to: number;
  message: string;
  hint?: string;
}

/** What one file may hold. A body of the API is far shorter; these keep any file from stopping who reads it. */
export const YAML_LIMITS = {
  characters: 8_388_608,
  /** Lists and mappings within each other. */
  depth: 64,
  /** Values, keys, signs, spaces and line ends. */
  tokens: 2_000_000,
  aliases: 1_000,
  /** Values that aliases repeat. */
  repeated: 10_000,
} as const;
