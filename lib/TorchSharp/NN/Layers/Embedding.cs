using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(new Modules.Parameter(empty([num_embeddings, embedding_dims], dtype: dtype, device: device)), isFresh: true,
                    padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

            /// <param name="embeddings">A copy of it becomes the weight.</param>
            /// <param name="freeze">Whether the weight stays as it is.</param>
            public static Modules.Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                using var mode = no_grad();
                var copy = embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true);
                return new(new Modules.Parameter(copy, requires_grad: !freeze), isFresh: false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A row of a table per index.</summary>
    public sealed class Embedding : LearnedModule
    {
        private static readonly Operator LookUp = new("aten::embedding");
        private static readonly Operator Renorm = new("aten::embedding_renorm_");

        private readonly long paddingIndex;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleByFrequency;
        private readonly bool isSparse;

        [ComponentName(Name = nameof(weight))]
        private Parameter? ownWeight;

        internal Embedding(
            Parameter weight, bool isFresh, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            var rows = weight.size(0);
            if (padding_idx is { } index && (index >= rows || index < -rows))
                throw new ArgumentOutOfRangeException(nameof(padding_idx), index, $"padding_idx must be in {-rows}..{rows - 1}.");
            paddingIndex = padding_idx is null ? -1 : padding_idx.Value < 0 ? padding_idx.Value + rows : padding_idx.Value;
            (maxNorm, normType, scaleByFrequency, isSparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            ownWeight = weight;
            weight.DetachFromDisposeScope();
            if (isFresh) Reset();
            RegisterComponents();
        }

        public Parameter? weight
        {
            get => ownWeight;
            set => Exchange(ref ownWeight, value, nameof(weight));
        }

        /// <param name="input">Indices of any shape.</param>
        /// <returns><c>[…, dims]</c></returns>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (maxNorm is { } largest)
            {
                using var mode = torch.no_grad();
                Renorm.CallInPlace(ownWeight!, input, largest, normType);
            }
            return LookUp.Call(ownWeight, input, paddingIndex, scaleByFrequency, isSparse);
        }

        private void Reset()
        {
            using var scope = torch.NewDisposeScope();
            using var mode = torch.no_grad();
            ownWeight!.normal_();
            if (paddingIndex >= 0) ownWeight.select(0, paddingIndex).zero_();
        }
    }
}
