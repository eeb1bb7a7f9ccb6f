namespace Affect.Tensors;

/// <summary>
/// Operations of TorchSharp 0.107 that end the process on wrong input, compute something else than they say, or leave tensors behind, done right. The
/// compiler refuses the originals in this repository (<c>lib/BannedSymbols.txt</c>), so that they are met here alone; <c>UpstreamFaultTests</c> fails
/// where upstream has mended one, and its guard can go. <c>environment.md</c> lists them with what is known upstream.
/// </summary>
#pragma warning disable RS0030 // the originals, guarded
public static class Guarded
{
    private const int ConvolutionBlock = 16;

    /// <summary>The matrix product of <c>matmul</c>, with shapes checked first: libtorch's own error would end the process.</summary>
    /// <param name="left"><c>[.., n, k]</c>, or <c>[k]</c></param>
    /// <param name="right"><c>[.., k, m]</c>, or <c>[k]</c></param>
    /// <returns><c>[.., n, m]</c>, the leading axes broadcast; a vector's axis is left out.</returns>
    /// <exception cref="ArgumentException">The shapes, number formats or devices do not fit.</exception>
    public static Tensor Times(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (!Multiply(left.shape, right.shape))
            throw new ArgumentException($"A matrix product needs [.., n, k] and [.., k, m], but got {Show(left)} and {Show(right)}.", nameof(right));
        if (left.dtype != right.dtype)
        {
            throw new ArgumentException(
                $"A matrix product needs one number format, but got {left.dtype} {Show(left)} and {right.dtype} {Show(right)}.", nameof(right));
        }
        if (left.device_type != right.device_type || left.device_index != right.device_index)
            throw new ArgumentException(
                $"A matrix product needs one device, but got {Show(left)} on {left.device} and {Show(right)} on {right.device}.", nameof(right));
        return left.matmul(right);
    }

    /// <summary><c>input + first·second</c>, batch by batch: <c>baddbmm</c> takes its arguments in another order.</summary>
    /// <param name="input"><c>[batch, n, m]</c>, or what broadcasts to it</param>
    /// <param name="first"><c>[batch, n, k]</c></param>
    /// <param name="second"><c>[batch, k, m]</c></param>
    /// <returns><c>[batch, n, m]</c></returns>
    public static Tensor PlusProducts(this Tensor input, Tensor first, Tensor second) => first.bmm(second).add_(input);

    /// <summary>The gradient of a loss in each parameter. <c>autograd.grad</c> catches no error at all.</summary>
    /// <param name="loss">One number.</param>
    /// <param name="parameters">What it depends on; all of them train.</param>
    /// <exception cref="ArgumentException">The loss is not one number, or does not depend on a parameter.</exception>
    public static Tensor[] Gradients(this Tensor loss, IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        if (loss.numel() != 1) throw new ArgumentException($"The loss must be one number, but was {Show(loss)}.", nameof(loss));
        if (!loss.requires_grad)
        {
            throw new ArgumentException(
                "The loss must depend on something that trains, but has no gradient: was it computed under no_grad()?", nameof(loss));
        }
        for (var i = 0; i < parameters.Count; i++)
            if (!parameters[i].requires_grad)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Every parameter must train, but number {i} ({Show(parameters[i])}) is frozen."),
                    nameof(parameters));
            }
        var gradients = autograd.grad([loss], [.. parameters], allow_unused: true);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (gradients[i] is not null && !gradients[i].IsInvalid) continue;
            foreach (var gradient in gradients) gradient?.Dispose();
            throw new ArgumentException(
                FormattableString.Invariant($"The loss must depend on every parameter, but not on number {i} ({Show(parameters[i])})."),
                nameof(parameters));
        }
        return [.. gradients];
    }

    /// <summary>Tensors in a row along an axis, always as new memory: <c>cat</c> gives a single tensor back as it is.</summary>
    /// <param name="parts">At least one; of one shape but along the axis.</param>
    /// <param name="dim">The axis.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Tensor Join(IReadOnlyList<Tensor> parts, long dim = 0)
    {
        Require.NotEmpty(parts);
        return parts.Count == 1 ? parts[0].clone() : cat(parts as IList<Tensor> ?? [.. parts], dim);
    }

    /// <summary>All numbers 0, in place: <c>zero_</c> leaves another name of the tensor to the garbage collector.</summary>
    /// <param name="tensor">The tensor; its gradient mode is the caller's business.</param>
    public static void Clear(this Tensor tensor) => tensor.fill_(0);

    /// <summary>Scales gradients down to a length. A limit beyond float32 is an error of <c>clip_grad_norm_</c>.</summary>
    /// <param name="parameters">Whose gradients; they are changed.</param>
    /// <param name="most">The greatest length; null: none, so that the length is only measured.</param>
    /// <returns>Their length before.</returns>
    public static double ClipGradients(IEnumerable<Parameter> parameters, double? most)
    {
        using var scope = NewDisposeScope();
        return nn.utils.clip_grad_norm_(parameters, Math.Min(most ?? float.MaxValue, float.MaxValue));
    }

    /// <summary>A group norm of weight 1 and bias 0, which TorchSharp leaves as the memory happens to be.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static GroupNorm GroupNorm(long groups, long channels, double epsilon)
    {
        var norm = nn.GroupNorm(groups, channels, epsilon);
        using var noGrad = no_grad();
        norm.weight!.fill_(1);
        norm.bias!.fill_(0);
        return norm;
    }

    /// <summary>A one-dimensional convolution; TorchSharp's constructor leaves a tensor to the garbage collector.</summary>
    /// <inheritdoc cref="nn.Conv1d(long, long, long, long, long, long, PaddingModes, long, bool, Device, ScalarType?)"/>
    public static Conv1d Conv1d(long inputs, long outputs, long kernel, long stride = 1, long padding = 0, long groups = 1, bool bias = true)
    {
        using var scope = NewDisposeScope();
        return (Conv1d)nn.Conv1d(inputs, outputs, kernel, stride: stride, padding: padding, groups: groups, bias: bias).MoveToOuter();
    }

    /// <summary>A convolution over pictures; TorchSharp's constructor leaves a tensor to the garbage collector.</summary>
    /// <inheritdoc cref="nn.Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device, ScalarType?)"/>
    public static Conv2d Conv2d(long inputs, long outputs, long kernel, long stride = 1, bool bias = true)
    {
        using var scope = NewDisposeScope();
        return (Conv2d)nn.Conv2d(inputs, outputs, kernel, stride: stride, bias: bias).MoveToOuter();
    }

    /// <summary>
    /// A convolution over pictures. In bfloat16, on processors with instructions for it, oneDNN 3.7.1 errs where the number of outputs is no multiple
    /// of 16: those few are computed in float32 and rounded.
    /// </summary>
    /// <param name="image"><c>[batch, inputs, height, width]</c></param>
    /// <param name="weight"><c>[outputs, inputs / groups, height, width]</c></param>
    /// <param name="bias"><c>[outputs]</c></param>
    /// <param name="strides">By height and width.</param>
    /// <param name="padding">By height and width.</param>
    /// <param name="groups">The number of groups.</param>
    /// <returns><c>[batch, outputs, height, width]</c>, in the weights' number format.</returns>
    public static Tensor Convolve(Tensor image, Tensor weight, Tensor? bias, long[] strides, long[] padding, long groups = 1)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.dtype != ScalarType.BFloat16 || weight.device_type != DeviceType.CPU || weight.shape[0] % ConvolutionBlock == 0)
            return F.conv2d(image, weight, bias, strides: strides, padding: padding, groups: groups);
        using var scope = NewDisposeScope();
        var wide = F.conv2d(image.to(float32), weight.to(float32), bias?.to(float32), strides: strides, padding: padding, groups: groups);
        return wide.to(weight.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>What an error of libtorch says, without the native stack below it.</summary>
    /// <param name="error">The error.</param>
    public static string Explain(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var end = error.Message.IndexOf("\nException raised from ", StringComparison.Ordinal);
        return (end < 0 ? error.Message : error.Message[..end]).TrimEnd();
    }

    private static bool Multiply(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        if (left.Length == 0 || right.Length == 0 || left[^1] != right[right.Length == 1 ? 0 : ^2]) return false;
        for (var axis = 3; axis <= Math.Min(left.Length, right.Length); axis++)
            if (left[^axis] != right[^axis] && left[^axis] != 1 && right[^axis] != 1) return false;
        return true;
    }

    private static string Show(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static nn.Module MoveToOuter(this nn.Module module)
    {
        foreach (var parameter in module.parameters()) parameter.MoveToOuterDisposeScope();
        return module;
    }
}
#pragma warning restore RS0030
