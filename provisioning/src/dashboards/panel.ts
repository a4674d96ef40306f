import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
  SortOrder,
} from '@grafana/grafana-foundation-sdk/common';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink, Panel, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { panelId } from './panel-id.ts';
import { coloredBySteps, PLAIN, type Steps, thresholds } from './palette.ts';
import { type Asking, DATASOURCE, type Query, target } from './query.ts';

/** What every panel of ours has. */
export interface PanelPlan {
  title: string;
  /** For whoever holds the mouse over the title: what it says and what to do about it. */
  description: string;
  /** As Grafana calls it. */
  unit: string;
  /** Of the 24 columns of the grid. */
  width: number;
  height: number;
  queries: readonly Query[];
  /** What the panel's number follows from; the title unless the title may change. */
  key?: string;
  /** What stands there when there is no data. */
  noValue?: string;
  steps?: Steps;
  mappings?: readonly ValueMapping[];
  decimals?: number;
  min?: number;
  max?: number;
  links?: readonly Builder<DashboardLink>[];
}

/** The part of the SDK's panel builders that is the same in all of them. */
interface AnyPanelBuilder extends Builder<Panel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  span(width: number): this;
  height(height: number): this;
  datasource(datasource: typeof DATASOURCE): this;
  noValue(text: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  mappings(mappings: ValueMapping[]): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  thresholds(steps: ReturnType<typeof thresholds>): this;
  targets(targets: Builder<Dataquery>[]): this;
}

/** Large numbers with the line that led there. */
export function numbers(plan: PanelPlan): stat.PanelBuilder {
  return dressed(new stat.PanelBuilder(), plan, 'range')
    .colorScheme(coloredBySteps())
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .textMode(plan.queries[0]?.legend === undefined ? BigValueTextMode.Value : BigValueTextMode.ValueAndName)
    .orientation(VizOrientation.Auto);
}

/** Numbers of now, without a line: for a query over the whole time range. */
export function countOf(plan: PanelPlan): stat.PanelBuilder {
  return dressed(numbers(plan), plan, 'instant').graphMode(BigValueGraphMode.None);
}

/** Bars of now, one below the other, the longest to be seen at once. */
export function bars(plan: PanelPlan): bargauge.PanelBuilder {
  return dressed(new bargauge.PanelBuilder(), { min: 0, ...plan }, 'instant')
    .colorScheme(coloredBySteps())
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Color)
    .showUnfilled(true);
}

/** Lines over time. */
export function lines(plan: PanelPlan): timeseries.PanelBuilder {
  return dressed(new timeseries.PanelBuilder(), plan, 'range')
    .lineWidth(1)
    .fillOpacity(plan.steps === undefined ? 8 : 0)
    .showPoints(VisibilityMode.Never)
    .legend(legendBelow())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/** Areas on top of each other: parts of a whole. */
export function areas(plan: PanelPlan): timeseries.PanelBuilder {
  return lines({ min: 0, ...plan })
    .fillOpacity(60)
    .lineWidth(0)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
}

/** Bars over time, on top of each other: events counted by interval. */
export function columns(plan: PanelPlan): timeseries.PanelBuilder {
  return areas(plan).drawStyle(GraphDrawStyle.Bars).fillOpacity(80);
}

/** Lines with the thresholds of `steps` as dashed lines. */
export function linesWithThresholds(plan: PanelPlan): timeseries.PanelBuilder {
  return lines(plan).thresholdsStyle(
    new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
  );
}

/** One strip a series, coloured by what state it was in. */
export function states(plan: PanelPlan): statetimeline.PanelBuilder {
  return dressed(new statetimeline.PanelBuilder(), plan, 'range')
    .colorScheme(coloredBySteps())
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(false)
        .displayMode(LegendDisplayMode.Hidden)
        .placement(LegendPlacement.Bottom),
    );
}

export interface TablePlan extends PanelPlan {
  /** Column -> its title, in this order; all others are hidden. A query's value is `Value`, or `Value #A` of several. */
  columns: Readonly<Record<string, string>>;
  /** Title of the column by which it is sorted, largest first. */
  sortBy?: string;
}

/** One row a series of now. */
export function rows(plan: TablePlan): table.PanelBuilder {
  const names = Object.keys(plan.columns);
  const panel = dressed(new table.PanelBuilder(), plan, 'table')
    .colorScheme(coloredBySteps())
    .transformations([
      { id: 'merge', options: {} },
      { id: 'filterFieldsByName', options: { include: { names } } },
      {
        id: 'organize',
        options: {
          indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
          renameByName: plan.columns,
        },
      },
    ]);
  return plan.sortBy === undefined
    ? panel
    : panel.sortBy([new TableSortByFieldStateBuilder().displayName(plan.sortBy).desc(true)]);
}

function legendBelow(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
}

function dressed<B extends AnyPanelBuilder>(builder: B, plan: PanelPlan, asking: Asking): B {
  const { title, description, unit, width, height, queries, key = title, links = [], mappings = [] } = plan;
  builder
    .id(panelId(key))
    .title(title)
    .description(description)
    .unit(unit)
    .span(width)
    .height(height)
    .datasource(DATASOURCE)
    .thresholds(thresholds(plan.steps ?? PLAIN))
    .mappings([...mappings])
    .targets(queries.map((query, index) => target(query, asking, index)));
  if (links.length > 0) builder.dataLinks([...links]);
  if (plan.noValue !== undefined) builder.noValue(plan.noValue);
  if (plan.decimals !== undefined) builder.decimals(plan.decimals);
  if (plan.min !== undefined) builder.min(plan.min);
  if (plan.max !== undefined) builder.max(plan.max);
  return builder;
}
