import { type ComponentType, memo } from 'react';
import { type ViewName } from '../frames';
import { AlertsView } from './alerts/AlertsView';
import { EnhancementsView } from './enhancements/EnhancementsView';
import { EntitiesView } from './entities/EntitiesView';
import { type ViewProps } from './operation';
import { ScoreView } from './score/ScoreView';
import { TrendsView } from './trends/TrendsView';

/** Every view by its name. A view whose data and size are the same is not drawn again: a query under way changes neither. */
export const VIEW: Readonly<Record<ViewName, { title: string; Component: ComponentType<ViewProps> }>> = {
  score: { title: 'Score', Component: memo(ScoreView) },
  trends: { title: 'Trends', Component: memo(TrendsView) },
  alerts: { title: 'Alerts', Component: memo(AlertsView) },
  enhancements: { title: 'Enhancements', Component: memo(EnhancementsView) },
  entities: { title: 'Entities', Component: memo(EntitiesView) },
};
