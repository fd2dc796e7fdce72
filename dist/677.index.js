export const id = 677;
export const ids = [677];
export const modules = {

/***/ 677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ProxyAgent: () => (/* binding */ ProxyAgent),
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/**
 * What the bundle holds in the place of packages that its libraries load and this action never uses (see `paths` in
 * tsconfig.json):
 * - `undici`, nearly a megabyte, which the GitHub toolkit loads with its first import. All requests go through
 *   src/network/transport.ts instead, and every run starts a fifth faster.
 * - `open`, with which Azure's library would open a browser for people to sign in, and its shell script.
 */
const leftOut = () => {
    throw new Error('this package is left out of the bundle: see src/left-out.ts');
};
/** Of `undici`. */
class ProxyAgent {
    constructor() {
        leftOut();
    }
}
/** Of `open`. */
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = (leftOut);
//# sourceMappingURL=left-out.js.map

/***/ })

};
