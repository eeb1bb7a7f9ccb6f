using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>The arithmetic that Adam and AdamW share: running means of the gradient and of its square (Kingma and Ba, arXiv:1412.6980).</summary>
internal static class AdaptiveMoments
{
    private static readonly Operator Scale = new("aten::mul_.Scalar");
    private static readonly Operator Add = new("aten::add_.Tensor");
    private static readonly Operator AddScalar = new("aten::add_.Scalar");
    private static readonly Operator AddProduct = new("aten::addcmul_");
    private static readonly Operator AddQuotient = new("aten::addcdiv_");
    private static readonly Operator Root = new("aten::sqrt");
    private static readonly Operator DivideScalar = new("aten::div_.Scalar");
    private static readonly Operator Negate = new("aten::neg");
    private static readonly Operator Plus = new("aten::add.Tensor");
    private static readonly Operator MaximumInto = new("aten::maximum.out");

    /// <param name="isDecoupled">Whether weight decay shrinks the parameter itself (Loshchilov and Hutter, arXiv:1711.05101), or joins the gradient.</param>
    internal static void Step(Parameter parameter, torch.Tensor gradient, Adam.State state, Adam.Options options, bool isDecoupled)
    {
        var (rate, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
        var decay = options.weight_decay!.Value;
        if (options.maximize!.Value) gradient = Negate.Call(gradient);
        if (decay != 0)
        {
            if (isDecoupled) Scale.CallInPlace(parameter, 1 - (rate * decay));
            else gradient = Plus.Call(gradient, parameter, decay);
        }
        state.step++;
        var (mean, square) = (state.exp_avg!, state.exp_avg_sq!);
        Scale.CallInPlace(mean, beta1);
        Add.CallInPlace(mean, gradient, 1 - beta1);
        Scale.CallInPlace(square, beta2);
        AddProduct.CallInPlace(square, gradient, gradient, 1 - beta2);
        if (options.amsgrad!.Value) MaximumInto.CallVoid(state.max_exp_avg_sq, square, state.max_exp_avg_sq);

        var denominator = Root.Call(options.amsgrad.Value ? state.max_exp_avg_sq : square);
        DivideScalar.CallInPlace(denominator, Math.Sqrt(1 - Math.Pow(beta2, state.step)));
        AddScalar.CallInPlace(denominator, options.eps!.Value);
        AddQuotient.CallInPlace(parameter, mean, denominator, -(rate / (1 - Math.Pow(beta1, state.step))));
    }
}
