import React from 'react';
import { type Alert } from '../../model/alerts';
import { DataTable } from '../DataTable';
import { moment } from '../format';
import { useViewContext } from '../view-context';
import { linksOf } from './alert-links';
import { targetText } from './AlertRow';

export function AlertsTable({ alerts, height }: { alerts: readonly Alert[]; height: number }) {
  const { options, replaceVariables, timeZone } = useViewContext();
  const link = (href: string | undefined, text: string) =>
    href === undefined ? null : (
      <a href={href} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  return (
    <DataTable
      caption="Alerts, worst first"
      height={height}
      rows={alerts}
      rowKey={({ key }) => key}
      empty="Nothing is firing."
      columns={[
        { title: 'Severity', cell: ({ severity }) => severity },
        { title: 'State', cell: ({ state }) => state },
        { title: 'Alert', cell: ({ name }) => name },
        { title: 'Labels', cell: targetText },
        {
          title: 'Since',
          cell: ({ sinceMs, sinceOrEarlier }) =>
            sinceMs === undefined ? '' : `${sinceOrEarlier ? 'before ' : ''}${moment(sinceMs, timeZone)}`,
        },
        { title: 'Runbook', cell: (alert) => link(linksOf(alert, options, replaceVariables).runbook, 'Runbook') },
        { title: 'Dashboard', cell: (alert) => link(linksOf(alert, options, replaceVariables).dashboard, 'Dashboard') },
      ]}
    />
  );
}
