-- Of agents that lead one after the other, each sends a higher token. The highest one that was ever seen is kept, so that
-- one that was held up cannot move anything after its successor has.

create table warehouse.fence (
  id integer primary key default 1 check (id = 1),
  token bigint not null
);
insert into warehouse.fence (token) values (0);
