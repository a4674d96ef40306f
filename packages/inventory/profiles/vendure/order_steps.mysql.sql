-- Orders that were cancelled or done. One is done when it first becomes Shipped or Delivered; the cycle ends when the last parcel left,
-- as an order of which a part was delivered before the last one left never becomes Shipped.
-- orderPlacedAt is rounded to whole seconds, hence greatest().
select
  step.id as step_id,
  step.createdAt as happened_at,
  location.name as site,
  case when json_value(step.data, '$.to') = 'Cancelled' then 1 else 0 end as cancelled,
  case
    when json_value(step.data, '$.to') in ('Shipped', 'Delivered') and not exists (
      select 1 from history_entry done
      where done.orderId = orders.id
        and done.type = 'ORDER_STATE_TRANSITION'
        and json_value(done.data, '$.to') in ('Shipped', 'Delivered')
        and (done.createdAt < step.createdAt or done.createdAt = step.createdAt and done.id < step.id)
    )
    then greatest(0, timestampdiff(microsecond, orders.orderPlacedAt, (
        select max(parcel.createdAt)
        from history_entry parcel
        where parcel.orderId = orders.id
          and parcel.type = 'ORDER_FULFILLMENT_TRANSITION'
          and (json_value(parcel.data, '$.to') = 'Shipped'
            or json_value(parcel.data, '$.to') = 'Delivered' and json_value(parcel.data, '$.from') <> 'Shipped')
          and parcel.createdAt <= step.createdAt
      )) / 1000000)
  end as cycle_seconds
from history_entry step
join `order` orders on orders.id = step.orderId
join stock_location location on location.id = coalesce(
  (select movement.stockLocationId
    from order_line line
    join stock_movement movement on movement.orderLineId = line.id and movement.type = 'ALLOCATION'
    where line.orderId = orders.id
    order by movement.createdAt, movement.id limit 1),
  (select near.stockLocationId
    from order_channels_channel sold
    join stock_location_channels_channel near on near.channelId = sold.channelId
    join channel on channel.id = sold.channelId
    where sold.orderId = orders.id
    order by channel.code = '__default_channel__', near.stockLocationId limit 1)
)
where step.type = 'ORDER_STATE_TRANSITION'
  and json_value(step.data, '$.to') in ('Shipped', 'Delivered', 'Cancelled')
  and orders.orderPlacedAt is not null
  and orders.type <> 'Aggregate'
