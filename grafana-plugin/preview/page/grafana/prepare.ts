import {
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformersRegistry,
} from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { standardEditors, standardFields } from './standard-fields';

/** What Grafana sets up before it loads plugins. */
export async function prepareGrafana(): Promise<void> {
  await initPluginTranslations('evenkeel-preview');
  standardFieldConfigEditorRegistry.setInit(standardFields);
  standardEditorsRegistry.setInit(standardEditors);
  standardTransformersRegistry.setInit(() => []);
}
