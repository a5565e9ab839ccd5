// Starts the GOV.UK components of a page. Forms and diagrams bring scripts of their own.
import { initAll } from 'govuk-frontend';

initAll();

// What a person must read before anything else on this page.
document.querySelector('[data-take-focus]')?.focus();
