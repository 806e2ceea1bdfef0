// The API's reference: `openapi.json`, as the code describes itself, in Swagger UI. Calls go to this very desk.

/** @type {any} */
const { SwaggerUIBundle } = /** @type {any} */ (globalThis);

SwaggerUIBundle({
  dom_id: "#reference",
  url: "/docs/openapi.json",
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  persistAuthorization: true,
  tagsSorter: "alpha",
  validatorUrl: null,
  // Writes by the session's cookie need this header; a key does not mind it.
  requestInterceptor: (/** @type {any} */ request) => {
    request.headers["X-Requested-With"] = "lambdesk";
    return request;
  },
});
