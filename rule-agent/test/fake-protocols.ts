import { FakeTarget, type Reply, type Seen } from './fake-target.ts';

/** The scale subresource of one deployment, as the API server serves it: optimistic locking, merge patches, Status. */
export class FakeCluster extends FakeTarget {
  replicas = 2;
  resourceVersion = 100;
  token = 'service-account-token';

  constructor() {
    super((seen) => this.#answer(seen));
  }

  #answer({ method, path, headers, body }: Seen): Reply {
    if (headers.authorization !== `Bearer ${this.token}`) return status(401, 'Unauthorized', 'Unauthorized');
    if (path !== '/apis/apps/v1/namespaces/shop/deployments/checkout/scale') {
      return status(404, 'NotFound', 'the server could not find the requested resource');
    }
    if (method === 'PATCH') {
      if (headers['content-type'] !== 'application/merge-patch+json') {
        return status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
      }
      const patch = body as { metadata?: { resourceVersion?: string }; spec: { replicas: number } };
      const version = patch.metadata?.resourceVersion;
      if (version !== undefined && version !== String(this.resourceVersion)) {
        return status(
          409,
          'Conflict',
          'the object has been modified; please apply your changes to the latest version',
        );
      }
      this.replicas = patch.spec.replicas;
      this.resourceVersion += 1;
    } else if (method !== 'GET') return status(405, 'MethodNotAllowed', 'not supported');
    return {
      json: {
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        metadata: { name: 'checkout', namespace: 'shop', resourceVersion: String(this.resourceVersion) },
        // As the API server leaves it out.
        spec: this.replicas === 0 ? {} : { replicas: this.replicas },
        status: { replicas: this.replicas, selector: 'app=checkout' },
      },
    };
  }
}

function status(code: number, reason: string, message: string): Reply {
  return {
    status: code,
    json: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code },
  };
}

interface Annotation {
  id: number;
  time: number;
  timeEnd: number;
  tags: string[];
  text: string;
}

/** Grafana's annotations API: create, find by tags, delete. */
export class FakeGrafana extends FakeTarget {
  annotations: Annotation[] = [];

  constructor() {
    super((seen) => this.#answer(seen));
  }

  #answer({ method, path, query, body }: Seen): Reply {
    if (method === 'GET' && path === '/api/annotations') {
      const tags = query.getAll('tags');
      return { json: this.annotations.filter((one) => tags.every((tag) => one.tags.includes(tag))) };
    }
    if (method === 'POST' && path === '/api/annotations') {
      const id = this.annotations.length + 1;
      this.annotations.push({ id, ...(body as Omit<Annotation, 'id'>) });
      return { json: { message: 'Annotation added', id } };
    }
    const id = /^\/api\/annotations\/(\d+)$/.exec(path)?.[1];
    if (method === 'DELETE' && id !== undefined) {
      this.annotations = this.annotations.filter((one) => one.id !== Number(id));
      return { json: { message: 'Annotation deleted' } };
    }
    return { status: 404, json: { message: 'Not found' } };
  }
}

/** A service whose caches can be switched; it honours idempotency keys. */
export class FakeShop extends FakeTarget {
  state = 'warm';
  keys: string[] = [];

  constructor() {
    super((seen) => this.#answer(seen));
  }

  #answer({ method, path, headers, body }: Seen): Reply {
    if (!path.startsWith('/api/caches/')) return { status: 404, json: { detail: 'no such cache' } };
    if (method === 'GET') return { json: { cache: { state: this.state } } };
    const key = String(headers['idempotency-key']);
    if (!this.keys.includes(key)) this.state = (body as { state: string }).state;
    this.keys.push(key);
    return { json: {} };
  }
}
