import { describe, expect, it, vi } from 'vitest';
import { keepSession } from './keep-session';
import { ApiProblem } from './problem';

const expired = () => new ApiProblem(401, 'session_expired', '');

describe('keepSession', () => {
  it('leaves a request alone that works', async () => {
    const renew = vi.fn();
    await expect(keepSession(renew, vi.fn()).run(() => Promise.resolve(7))).resolves.toBe(7);
    expect(renew).not.toHaveBeenCalled();
  });

  it('renews once for many requests that expire together, then repeats each', async () => {
    let fresh = false;
    const renew = vi.fn(() => {
      fresh = true;
      return Promise.resolve();
    });
    const keeper = keepSession(renew, vi.fn());
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const request = async () => {
      if (fresh) return 'ok';
      await gate;
      throw expired();
    };
    const all = Promise.all([keeper.run(request), keeper.run(request), keeper.run(request)]);
    release();
    await expect(all).resolves.toEqual(['ok', 'ok', 'ok']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('says that the session ended when the renewal is refused', async () => {
    const onEnded = vi.fn();
    const keeper = keepSession(() => Promise.reject(expired()), onEnded);
    await expect(keeper.run(() => Promise.reject(expired()))).rejects.toMatchObject({ status: 401 });
    expect(onEnded).toHaveBeenCalledTimes(1);
  });

  it('does not end the session when only the network failed during the renewal', async () => {
    const onEnded = vi.fn();
    const keeper = keepSession(() => Promise.reject(new ApiProblem(0, 'unreachable', '')), onEnded);
    await expect(keeper.run(() => Promise.reject(expired()))).rejects.toMatchObject({ code: 'unreachable' });
    expect(onEnded).not.toHaveBeenCalled();
  });

  it('does not renew for other refusals', async () => {
    const renew = vi.fn();
    const keeper = keepSession(renew, vi.fn());
    await expect(
      keeper.run(() => Promise.reject(new ApiProblem(403, 'forbidden', ''))),
    ).rejects.toMatchObject({
      status: 403,
    });
    expect(renew).not.toHaveBeenCalled();
  });
});
