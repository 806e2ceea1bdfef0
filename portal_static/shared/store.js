/** A value that tells its watchers when it changes: all the state management this product needs. */

/** @template T */
export class Store {
  /** @param {T} value */
  constructor(value) {
    this.value = value;
    /** @type {Set<(value: T) => void>} */
    this.watchers = new Set();
  }

  /** @param {T} value */
  set(value) {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const watcher of [...this.watchers]) watcher(value);
  }

  /** Replace some fields of an object value. @param {Partial<T>} change */
  merge(change) {
    this.set({ ...this.value, ...change });
  }

  /** Call `watcher` at every change; returns what ends it. @param {(value: T) => void} watcher */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  }
}

/** Anything that tells of its changes. @typedef {{watch: (watcher: () => void) => () => void}} Watchable */

/** Lit controller: draws its host again whenever one of the stores changes. */
export class Watch {
  /** @param {import("../vendor/lit/index.js").ReactiveControllerHost} host @param {...Watchable} stores */
  constructor(host, ...stores) {
    this.host = host;
    this.stores = stores;
    /** @type {(() => void)[]} */
    this.ends = [];
    host.addController(this);
  }

  hostConnected() {
    this.ends = this.stores.map((store) => store.watch(() => this.host.requestUpdate()));
    this.host.requestUpdate();
  }

  hostDisconnected() {
    for (const end of this.ends) end();
    this.ends = [];
  }
}
