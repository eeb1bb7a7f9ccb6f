using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Fused = new("aten::scaled_dot_product_attention");

            /// <summary>softmax(q kᵀ / √d + mask) v</summary>
            /// <param name="query"><c>[…, targets, dims]</c></param>
            /// <param name="key"><c>[…, sources, dims]</c></param>
            /// <param name="value"><c>[…, sources, values]</c></param>
            /// <param name="attn_mask">Boolean: where to look. Floating point: added to the scores.</param>
            /// <param name="p">Of dropout on the weights; it is always applied, in evaluation too.</param>
            /// <param name="is_casual">Whether a target sees only the sources up to its own position; not together with a mask. The name is TorchSharp's.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                ArgumentNullException.ThrowIfNull(query);
                ArgumentNullException.ThrowIfNull(key);
                ArgumentNullException.ThrowIfNull(value);
                if (is_casual && attn_mask is not null) throw new ArgumentException("A causal attention takes no mask.", nameof(attn_mask));
                if (Fused.Exists()) return Fused.Call(query, key, value, attn_mask, p, is_casual);

                using var scope = NewDisposeScope();
                using var scaled = query * (1 / Math.Sqrt(query.size(-1)));
                var scores = matmul(scaled, key.transpose(-2, -1));
                if (is_casual) attn_mask = ones([query.size(-2), key.size(-2)], dtype: ScalarType.Bool, device: query.device).tril();
                if (attn_mask is not null)
                {
                    scores = attn_mask.dtype == ScalarType.Bool
                        ? scores.masked_fill_(attn_mask.logical_not(), double.NegativeInfinity)
                        : scores.add_(attn_mask);
                }
                var weights = softmax(scores, -1);
                scores.Dispose();
                if (p > 0) weights = dropout(weights, p);
                return matmul(weights, value).MoveToOuterDisposeScope();
            }
        }
    }
}
