import '../page/boot-data';
import '../page/page.css';
import { createTheme, type PanelPlugin, ThemeContext } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPanel } from '../page/grafana/load-panel';
import { prepareGrafana } from '../page/grafana/prepare';
import { Charts } from './Charts';
import { askedAgain, type Given, givenAt, ofViews } from './given';
import { readModels } from './models';
import { Ours } from './Ours';

const AMOUNT = { services: 900, sites: 100, signals: 30, points: 1_000 };
/** All thirty trends are in sight. */
const SIZE = { width: 1_600, height: 900 };
const COLUMNS = 6;

export type Contender = 'trends' | 'entities' | 'whole' | 'charts' | 'nothing';

/** What the benchmark calls, step by step. */
export interface BenchPage {
  /** Makes the data of the next refresh, without showing them. */
  prepare: () => void;
  /** Shows a contender, or gives it the prepared data, as a dashboard does: while they are loading, and when they are there. */
  show: (contender: Contender) => Promise<void>;
  /** Reads frames into the models of all views. */
  read: () => void;
}

async function main(): Promise<void> {
  const root = createRoot(document.getElementById('root')!);
  await prepareGrafana();
  const plugin = await loadPanel();
  const theme = createTheme();
  let refresh = 0;
  let next = givenAt(refresh, AMOUNT, plugin);
  let shown: Given | undefined;
  let before: Given | undefined;
  const render = (content: ReactNode) =>
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        {content}
        <PortalContainer />
      </ThemeContext.Provider>
    );
  const page: BenchPage = {
    prepare: () => {
      next = givenAt(++refresh, AMOUNT, plugin);
      before = shown && askedAgain(shown, next, plugin);
    },
    show: async (contender) => {
      if (before !== undefined) {
        render(contentOf(contender, plugin, before));
        await frame();
      }
      shown = next;
      render(contentOf(contender, plugin, shown));
      await frame();
    },
    read: () => void readModels(next.data),
  };
  render(null);
  Object.assign(window, { bench: page });
}

function contentOf(contender: Contender, plugin: PanelPlugin, { data, trends }: Given): ReactNode {
  switch (contender) {
    case 'charts':
      return <Charts data={data} trends={trends} columns={COLUMNS} size={SIZE} />;
    case 'nothing':
      return <div style={SIZE} />;
    default: {
      const views = contender === 'whole' ? ['trends', 'entities'] : [contender];
      return <Ours {...{ plugin, views }} data={ofViews(data, views)} maxTrends={AMOUNT.signals} size={SIZE} />;
    }
  }
}

/** Until the browser has drawn. */
function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

void main();
