import { type Field, type LinkModel } from '@grafana/data';
import { DataLinksContextMenu } from '@grafana/ui';
import React, { type CSSProperties, type ReactNode } from 'react';

interface Props {
  field: Field;
  rowIndex: number;
  className?: string | undefined;
  style?: CSSProperties | undefined;
  children: ReactNode;
}

/** Its children, as the link or the menu of links that the field's configuration gives them. */
export function FieldLink({ field, rowIndex, className, style, children }: Props) {
  const look = { className, style };
  const links = hasLinks(field) ? linksOf(field, rowIndex) : [];
  if (links.length === 0) {
    return <span {...look}>{children}</span>;
  }
  if (links.length === 1) {
    const { href, target, title, onClick } = links[0]!;
    return (
      <a {...look} href={href} target={target} title={title} onClick={onClick} rel="noreferrer">
        {children}
      </a>
    );
  }
  return (
    <DataLinksContextMenu links={() => links}>
      {({ openMenu }) => (
        <button type="button" {...look} onClick={openMenu} aria-haspopup="menu">
          {children}
        </button>
      )}
    </DataLinksContextMenu>
  );
}

/** Whether its configuration gives a field links; what they lead to depends on the row. */
export function hasLinks({ config }: Field): boolean {
  return (config.links?.length ?? 0) > 0;
}

function linksOf(field: Field, rowIndex: number): LinkModel[] {
  return field.getLinks?.({ valueRowIndex: rowIndex }) ?? [];
}
