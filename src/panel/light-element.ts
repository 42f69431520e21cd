import { LitElement } from 'lit';

/** An element of this page: drawn into the page itself, so that the page's style sheet and tests reach all of it. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
