import { type Field, type LinkModel } from '@grafana/data';
import { DataLinksContextMenu } from '@grafana/ui';
import React, { type ReactNode } from 'react';

interface Props {
  field: Field;
  rowIndex: number;
  className?: string | undefined;
  children: ReactNode;
}

/** Its children, as the link or the menu of links that the field's configuration gives them. */
export function FieldLink({ field, rowIndex, className, children }: Props) {
  const links = (field.config.links?.length ?? 0) > 0 ? linksOf(field, rowIndex) : [];
  if (links.length === 0) {
    return <span className={className}>{children}</span>;
  }
  if (links.length === 1) {
    const { href, target, title, onClick } = links[0]!;
    return (
      <a className={className} href={href} target={target} title={title} onClick={onClick} rel="noreferrer">
        {children}
      </a>
    );
  }
  return (
    <DataLinksContextMenu links={() => links}>
      {({ openMenu }) => (
        <button type="button" className={className} onClick={openMenu} aria-haspopup="menu">
          {children}
        </button>
      )}
    </DataLinksContextMenu>
  );
}

function linksOf(field: Field, rowIndex: number): LinkModel[] {
  return field.getLinks?.({ valueRowIndex: rowIndex }) ?? [];
}
