# One image for all daemons of Evenkeel; docker-compose.yml says which of them a container runs.
FROM node:24-slim

WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/toolkit/package.json packages/toolkit/
COPY packages/signals/package.json packages/signals/
COPY packages/agent-api/package.json packages/agent-api/
COPY packages/inventory/package.json packages/inventory/
COPY packages/demo/package.json packages/demo/
COPY packages/runtime/package.json packages/runtime/
COPY exporter/package.json exporter/
COPY rule-agent/package.json rule-agent/
COPY provisioning/package.json provisioning/
# Without install scripts: the image has Node 24 already, and PostgreSQL is a container of its own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
    --workspace=exporter --workspace=rule-agent --workspace=packages/demo

COPY packages packages
COPY exporter exporter
COPY rule-agent rule-agent
COPY provisioning provisioning

# Volumes take the owner of what they are mounted over, so the daemons need not be root to write there.
RUN mkdir -p /run/evenkeel /var/lib/evenkeel && chown node:node /run/evenkeel /var/lib/evenkeel
USER node
