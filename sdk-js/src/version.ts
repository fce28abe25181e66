/** Version of this package, sent in `user-agent`; a test holds it equal to package.json. */
export const SDK_VERSION = '0.1.0';
