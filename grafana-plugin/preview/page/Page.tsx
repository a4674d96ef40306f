import { css } from '@emotion/css';
import {
  type AbsoluteTimeRange,
  createTheme,
  EventBusSrv,
  type GrafanaTheme2,
  LoadingState,
  type PanelPlugin,
  ThemeContext,
} from '@grafana/data';
import { GlobalStyles, PortalContainer, useStyles2 } from '@grafana/ui';
import React, { useCallback, useMemo } from 'react';
import { otherPanels, panelsOfType, type ShippedDashboard } from './dashboard/shipped';
import { choicesOf } from './dashboard/variables';
import { useLook } from './view/address';
import { PanelAlone, panelsShown } from './view/PanelAlone';
import { Panels } from './view/Panels';
import { refreshMs, timeRangeOf } from './view/time';
import { Toolbar } from './view/Toolbar';
import { useAnswer } from './view/use-answer';
import { useRefresh } from './view/use-refresh';

interface PageProps {
  plugin: PanelPlugin;
  dashboard: ShippedDashboard;
}

/** Beside the variables of the shipped dashboard: whose series are asked for. */
const EPISODE = 'episode';

/** The shipped dashboard's panels of ours, on the Prometheus of the running system. */
export function Page({ plugin, dashboard }: PageProps) {
  const defaults = useMemo(() => ({ ...dashboard.time, refresh: dashboard.refresh }), [dashboard]);
  const [look, change] = useLook(defaults);
  const theme = useMemo(() => createTheme({ colors: { mode: look.theme } }), [look.theme]);
  const [refreshes, refresh] = useRefresh(refreshMs(look.refresh));
  // A relative range is another one after each refresh.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const timeRange = useMemo(() => timeRangeOf(look.from, look.to), [look.from, look.to, refreshes]);
  const eventBus = useMemo(() => new EventBusSrv(), []);
  const panels = useMemo(
    () => panelsShown(panelsOfType(dashboard, plugin.meta.id), look.panel),
    [dashboard, plugin, look.panel]
  );
  const choices = useMemo(() => choicesOf(dashboard), [dashboard]);
  const targets = useMemo(() => panels.flatMap((panel) => panel.targets ?? []), [panels]);
  const chosen = useMemo(
    () => Object.fromEntries(choices.map(({ name }) => [name, look.chosen[name] ?? []])),
    [choices, look.chosen]
  );
  const [episode = ''] = look.chosen[EPISODE] ?? [];
  const data = useAnswer({ targets, annotations: dashboard.annotations.list, timeRange, chosen, episode });
  const replaceVariables = useCallback((text: string) => text.replaceAll(`\${${EPISODE}}`, episode), [episode]);
  const onChangeTimeRange = ({ from, to }: AbsoluteTimeRange) =>
    change({ from: `${Math.round(from)}`, to: `${Math.round(to)}` });
  const shared = { plugin, data, timeRange, eventBus, onChangeTimeRange, replaceVariables };
  if (look.panel !== undefined) {
    return (
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <PanelAlone panel={panels[0]!} {...shared} />
        <PortalContainer />
      </ThemeContext.Provider>
    );
  }
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Frame>
        <Toolbar
          title={dashboard.title}
          {...{ look, change, timeRange, choices, refresh }}
          isLoading={data.state === LoadingState.Loading}
        />
        <Panels panels={panels} {...shared} others={otherPanels(dashboard, plugin.meta.id).length} />
      </Frame>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  return <div className={useStyles2(getStyles).frame}>{children}</div>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ minHeight: '100vh', background: theme.colors.background.canvas }),
});
