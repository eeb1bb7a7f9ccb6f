using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator CrossEntropy = new("aten::cross_entropy_loss");
            private static readonly Operator Mse = new("aten::mse_loss");
            private static readonly Operator L1 = new("aten::l1_loss");
            private static readonly Operator SmoothL1 = new("aten::smooth_l1_loss");
            private static readonly Operator Huber = new("aten::huber_loss");
            private static readonly Operator Bce = new("aten::binary_cross_entropy");
            private static readonly Operator BceLogits = new("aten::binary_cross_entropy_with_logits");
            private static readonly Operator KlDiv = new("aten::kl_div");
            private static readonly Operator Nll = new("aten::nll_loss_nd");
            private static readonly Operator CosineEmbedding = new("aten::cosine_embedding_loss");
            private static readonly Operator MarginRanking = new("aten::margin_ranking_loss");
            private static readonly Operator HingeEmbedding = new("aten::hinge_embedding_loss");
            private static readonly Operator TripletMargin = new("aten::triplet_margin_loss");
            private static readonly Operator SoftMargin = new("aten::soft_margin_loss");
            private static readonly Operator PoissonNll = new("aten::poisson_nll_loss");
            private static readonly Operator Ctc = new("aten::ctc_loss.Tensor");

            /// <param name="input">Logits <c>[batch, classes, …]</c>.</param>
            /// <param name="target">Class numbers <c>[batch, …]</c> (int64), or probabilities of the input's shape.</param>
            /// <param name="weight">One per class.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                if (Alike(input, target)) return Mse.Call(input, target, (long)reduction);
                var (wideInput, wideTarget) = Broadcast(input, target);
                using (wideInput) using (wideTarget) return Mse.Call(wideInput, wideTarget, (long)reduction);
            }

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                if (Alike(input, target)) return L1.Call(input, target, (long)reduction);
                var (wideInput, wideTarget) = Broadcast(input, target);
                using (wideInput) using (wideTarget) return L1.Call(wideInput, wideTarget, (long)reduction);
            }

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                SmoothL1.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Huber.Call(input, target, (long)reduction, delta);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Bce.Call(input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                BceLogits.Call(input, target, weight, pos_weights, (long)reduction);

            /// <param name="input">Log-probabilities.</param>
            /// <param name="log_target">Whether the target is in logarithms too; true, unlike PyTorch, as in TorchSharp.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                KlDiv.Call(input, target, (long)reduction, log_target);

            /// <param name="input">Log-probabilities <c>[batch, classes, …]</c>.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Nll.Call(input, target, weight, (long)reduction, -100);

            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                CosineEmbedding.Call(input1, input2, target, margin, (long)reduction);

            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                MarginRanking.Call(input1, input2, target, margin, (long)reduction);

            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                HingeEmbedding.Call(input, target, margin, (long)reduction);

            public static Tensor triplet_margin_loss(
                Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, long p = 2, double eps = 1e-06, bool swap = false,
                Reduction reduction = Reduction.Mean) =>
                TripletMargin.Call(anchor, positive, negative, margin, (double)p, eps, swap, (long)reduction);

            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                SoftMargin.Call(input, target, (long)reduction);

            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                PoissonNll.Call(input, target, log_input, full, (double)eps, (long)reduction);

            /// <param name="log_probs"><c>[time, batch, classes]</c></param>
            /// <param name="targets"><c>[batch, length]</c>, or all of them in one row.</param>
            public static Tensor ctc_loss(
                Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false,
                Reduction reduction = Reduction.Mean) =>
                Ctc.Call(log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);

            private static bool Alike(Tensor input, Tensor target) => input.shape.AsSpan().SequenceEqual(target.shape);

            private static (Tensor, Tensor) Broadcast(Tensor input, Tensor target)
            {
                var (one, other) = (input.shape, target.shape);
                var shape = new long[Math.Max(one.Length, other.Length)];
                for (var i = 1; i <= shape.Length; i++)
                {
                    var (left, right) = (i <= one.Length ? one[^i] : 1, i <= other.Length ? other[^i] : 1);
                    shape[^i] = left == 1 ? right : left;
                }
                return (input.expand(shape), target.expand(shape));
            }
        }
    }
}
