import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationModelPriceSetArgs,
  QueryModelPricesArgs,
  Sdl,
  type ModelPriceSetPayload,
  type ModelPriceVersion,
  type ModelPriceVersionConnection,
} from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { PriceList, Providers, SetPrice } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { orErrors } from './account-input.mapping.ts';
import { invalidCursor, readPage, toCursor, toPageInfo } from './connection.ts';
import { toModelPrice } from './model.mapping.ts';
import { toPriceSetting } from './price-input.mapping.ts';

/** Prices that were set on this installation. */
@Resolver()
export class PriceResolver {
  readonly #prices: PriceList;
  readonly #providers: Providers;

  constructor(deps: { prices: PriceList; providers: Providers }) {
    this.#prices = deps.prices;
    this.#providers = deps.providers;
  }

  @Sdl.Query.modelPrices()
  async modelPrices(@Args(() => QueryModelPricesArgs) args: QueryModelPricesArgs): Promise<ModelPriceVersionConnection> {
    const page = readPage(args);
    const found = await this.#prices.list({
      modelId: args.model ?? null,
      before: page.after === null ? null : readSequence(page.after, 'after'),
      after: page.before === null ? null : readSequence(page.before, 'before'),
      limit: page.size,
      end: page.end === 'front' ? 'newest' : 'oldest',
    });
    const edges = found.items.map((price) => ({ cursor: toCursor(price.sequence.toString()), node: toModelPriceVersion(price) }));
    const isFront = page.end === 'front';
    const has = {
      hasNextPage: isFront ? found.hasMore : page.before !== null,
      hasPreviousPage: isFront ? page.after !== null : found.hasMore,
    };
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, has), totalCount: found.totalCount };
  }

  @Sdl.Mutation.modelPriceSet()
  modelPriceSet(
    @Args(() => MutationModelPriceSetArgs) { input }: MutationModelPriceSetArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ModelPriceSetPayload> {
    return orErrors<ModelPriceSetPayload>(
      async () => {
        const setting = toPriceSetting(input);
        this.#requireProvider(setting.modelId, principal.projectId);
        return { price: toModelPriceVersion(await this.#prices.set(setting, principal)), errors: [] };
      },
      (errors) => ({ price: null, errors }),
    );
  }

  /** A price of nobody's model would never be used, and nobody would notice the slip. */
  #requireProvider(modelId: string, projectId: string): void {
    const providerId = modelId.slice(0, modelId.indexOf('/'));
    if (this.#providers.listProviders(projectId).some((provider) => provider.providerId === providerId)) return;
    throw new AntiphonError('NOT_FOUND', `There is no provider ${JSON.stringify(providerId)}. Ask for the list of providers.`, {
      resource: 'other',
      path: ['input', 'model'],
    });
  }
}

export function toModelPriceVersion(price: SetPrice): ModelPriceVersion & { __typename: 'ModelPriceVersion' } {
  return {
    __typename: 'ModelPriceVersion',
    id: toEntityId('modelPrice', price.id),
    modelName: price.modelId,
    version: price.version,
    effectiveFrom: new Date(price.effectiveFromMs),
    source: price.source,
    price: price.price === null ? null : toModelPrice(price.price),
    setAt: new Date(price.createdAtMs),
  };
}

function readSequence(cursor: string, argument: 'after' | 'before'): bigint {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,18}$/.test(text) || toCursor(text) !== cursor) throw invalidCursor(argument);
  return BigInt(text);
}
