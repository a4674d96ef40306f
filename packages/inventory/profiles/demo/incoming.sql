select sites.site, coalesce(sum(lines.quantity - lines.received), 0) as incoming_units
from warehouse.sites
left join warehouse.purchase_orders orders on orders.site = sites.site and orders.status = 'open'
left join warehouse.purchase_order_lines lines using (purchase_order_id)
group by sites.site
