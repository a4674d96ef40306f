-- An order belongs to the location that its first allocation names, or else, where nothing could be allocated, to one of its
-- channel's. An order that is split by seller is counted as its parts.
select orders.id as order_id, orders."orderPlacedAt" as placed_at, location.name as site, 1 as placed
from "order" orders
join stock_location location on location.id = coalesce(
  (select movement."stockLocationId"
    from order_line line
    join stock_movement movement on movement."orderLineId" = line.id and movement.type = 'ALLOCATION'
    where line."orderId" = orders.id
    order by movement."createdAt", movement.id limit 1),
  (select near."stockLocationId"
    from order_channels_channel sold
    join stock_location_channels_channel near on near."channelId" = sold."channelId"
    join channel on channel.id = sold."channelId"
    where sold."orderId" = orders.id
    order by channel.code = '__default_channel__', near."stockLocationId" limit 1)
)
where orders."orderPlacedAt" is not null and orders.type <> 'Aggregate'
