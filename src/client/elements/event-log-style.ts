import { css } from 'lit';

export const eventLogStyle = css`
:host {
    container-type: inline-size;
  display: flex;
  flex-direction: column;
  min-block-size: 0;
}
.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.375rem;
  padding-block-end: 0.6rem;
}
.bar .field {
  flex: 1 1 8rem;
  min-inline-size: 6rem;
}
.rows {
  contain: content;
  flex: 1;
  min-block-size: 0;
  overflow: auto;
  overscroll-behavior: contain;
  border-block-start: 1px solid var(--rule);
  font: 0.78125rem/1.5 var(--mono);
}
.row {
  display: grid;
  grid-template-columns: 7.2rem minmax(8.5rem, 11.5rem) minmax(0, 1fr) 4.6rem;
  gap: 0.75rem;
  inline-size: 100%;
  padding: 0.16rem 0.25rem;
  border: 0;
  border-block-end: 1px solid color-mix(in oklab, var(--rule) 55%, transparent);
  background: none;
  text-align: start;
  cursor: pointer;
}
.row:hover {
  background: color-mix(in oklab, var(--ink) 4%, transparent);
}
.row > * {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.time,
.what {
  color: var(--muted);
}
.name {
  font-weight: 500;
}
.latency {
  text-align: end;
}
.row[data-event='Hold'] .name::before,
.row[data-event='Unhold'] .name::before {
  content: '';
  display: inline-block;
  inline-size: 0.5em;
  block-size: 0.5em;
  margin-inline-end: 0.5em;
  border-radius: 50%;
  background: var(--amber);
  vertical-align: 0.1em;
}
.row[data-event='Unhold'] .name::before {
  background: none;
  box-shadow: inset 0 0 0 1.5px var(--amber);
}
dl {
  display: grid;
  grid-template-columns: max-content minmax(0, 1fr);
  gap: 0.05rem 1rem;
  margin: 0;
  padding: 0.5rem 0.75rem 0.7rem 2rem;
  background: var(--sunken);
}
dt {
  color: var(--muted);
}
dd {
  margin: 0;
  overflow-wrap: anywhere;
}
p {
  margin: 0;
  padding: 0.9rem 0;
  font: 0.875rem var(--asterclick-font, system-ui, sans-serif);
  color: var(--muted);
}
@container (max-width: 36rem) {
  .row {
    grid-template-columns: 6rem minmax(7rem, 1fr) 4.2rem;
  }
  .what {
    display: none;
  }
}
`;
