-- Goods only, as they ship: charges such as postage are no sales of stock, and what comes back is counted as returned.
select
  shipments.shipment_id,
  shipments.recorded_at,
  shipments.site,
  orders.currency,
  parcels.sales,
  parcels.cogs
from warehouse.shipments
join warehouse.orders using (order_id)
cross join lateral (
  select
    coalesce(sum(parcel.quantity * line.unit_price), 0) as sales,
    coalesce(sum(parcel.quantity * line.unit_cost), 0) as cogs
  from warehouse.shipment_lines parcel
  join warehouse.order_lines line using (order_id, line_number)
  where parcel.shipment_id = shipments.shipment_id
) parcels
