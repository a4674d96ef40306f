import { type ComponentType } from 'react';
import { type ViewName } from '../frames';
import { AlertsView } from './alerts/AlertsView';
import { EnhancementsView } from './enhancements/EnhancementsView';
import { EntitiesView } from './entities/EntitiesView';
import { type ViewProps } from './operation';
import { ScoreView } from './score/ScoreView';
import { TrendsView } from './trends/TrendsView';

/** Every view by its name. */
export const VIEW: Readonly<Record<ViewName, { title: string; Component: ComponentType<ViewProps> }>> = {
  score: { title: 'Score', Component: ScoreView },
  trends: { title: 'Trends', Component: TrendsView },
  alerts: { title: 'Alerts', Component: AlertsView },
  enhancements: { title: 'Enhancements', Component: EnhancementsView },
  entities: { title: 'Entities', Component: EntitiesView },
};
