import {
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformersRegistry,
} from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { keepIcons } from './icons';
import { standardEditors, standardFields } from './standard-fields';

/** What Grafana sets up before it loads plugins. */
export async function prepareGrafana(): Promise<void> {
  await Promise.all([initPluginTranslations('evenkeel-preview'), keepIcons()]);
  standardFieldConfigEditorRegistry.setInit(standardFields);
  standardEditorsRegistry.setInit(standardEditors);
  standardTransformersRegistry.setInit(() => []);
}
