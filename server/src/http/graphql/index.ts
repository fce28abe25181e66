/**
 * The GraphQL door: one executor behind HTTP, server-sent events and WebSocket, and the resolvers of the graph.
 * It promises that rules which cut across operations (guard, price, permissions, masking, deadlines) hold on every transport alike.
 */
export { createGraphqlDoor, type GraphqlDoor, type GraphqlDoorDeps } from './create-graphql-door.ts';
