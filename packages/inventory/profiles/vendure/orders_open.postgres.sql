-- The state alone does not say: an order whose last units were cancelled stays PartiallyShipped, one of which a part was
-- delivered stays PartiallyDelivered until all is, and one whose parcel is cancelled stays Shipped. It only says where to look.
with candidates as (
  select orders.id
  from "order" orders
  where orders."orderPlacedAt" is not null and orders.state not in ('Shipped', 'Delivered', 'Cancelled')
  union
  select line."orderId"
  from fulfillment
  join order_line_reference parcel on parcel."fulfillmentId" = fulfillment.id
  join order_line line on line.id = parcel."orderLineId"
  where fulfillment.state = 'Cancelled'
),
open_orders as (
  select orders.id
  from candidates
  join "order" orders on orders.id = candidates.id
  where orders.state <> 'Cancelled'
    and orders.type <> 'Aggregate'
    and exists (
      select 1 from order_line line
      where line."orderId" = orders.id and line.quantity > (
        select coalesce(sum(parcel.quantity), 0)
        from order_line_reference parcel
        join fulfillment on fulfillment.id = parcel."fulfillmentId"
        where parcel."orderLineId" = line.id and fulfillment.state in ('Shipped', 'Delivered')
      )
    )
),
located as (
  select
    coalesce(
      (select movement."stockLocationId"
        from order_line line
        join stock_movement movement on movement."orderLineId" = line.id and movement.type = 'ALLOCATION'
        where line."orderId" = open_orders.id
        order by movement."createdAt", movement.id limit 1),
      (select near."stockLocationId"
        from order_channels_channel sold
        join stock_location_channels_channel near on near."channelId" = sold."channelId"
        join channel on channel.id = sold."channelId"
        where sold."orderId" = open_orders.id
        order by channel.code = '__default_channel__', near."stockLocationId" limit 1)
    ) as location_id
  from open_orders
)
select location.name as site, count(located.location_id) as orders_open
from stock_location location
left join located on located.location_id = location.id
group by location.name
