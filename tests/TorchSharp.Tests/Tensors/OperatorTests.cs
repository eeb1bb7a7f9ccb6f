using System.Reflection;
using TorchSharp.Tests.NN;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>Operators against PyTorch's values: <c>tests/Golden/ops/generate.py</c>.</summary>
public sealed class OperatorTests
{
    private static readonly GoldenValues Golden = GoldenValues.Open("values", "ops");

    public static TheoryData<string> Unary => [.. Cases("unary ")];

    public static TheoryData<string> Binary => [.. Cases("binary ")];

    public static TheoryData<string> Expressions => [.. ExpressionNames];

    [Theory]
    [MemberData(nameof(Unary))]
    public void A_function_of_one_tensor_has_pytorchs_values_in_each_of_its_forms(string name)
    {
        using var scope = NewDisposeScope();
        var input = Golden[$"unary {name}/in0"];
        Compare($"unary {name}", [OfTensor(name, input)]);
        if (Find(typeof(torch), name, typeof(Tensor)) is { } twin) Compare($"unary {name}", [Invoke(twin, null, input)]);
        InPlace(name, input, $"unary {name}");
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void A_function_of_two_tensors_has_pytorchs_values_in_each_of_its_forms(string name)
    {
        using var scope = NewDisposeScope();
        var (left, right) = (Golden[$"binary {name}/in0"], Golden[$"binary {name}/in1"]);
        Compare($"binary {name}", [OfTensor(name, left, right)]);
        Compare($"binary {name}", [Invoke(Find(typeof(torch), name, typeof(Tensor), typeof(Tensor))!, null, left, right)]);
        InPlace(name, left, $"binary {name}", right);
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_has_pytorchs_values(string name)
    {
        using var scope = NewDisposeScope();
        var inputs = Enumerable.Range(0, int.MaxValue).Select(i => $"{name}/in{i}").TakeWhile(Golden.Has).Select(key => Golden[key]).ToArray();
        Compare(name, OperatorExpressions.All[name](inputs));
    }

    [Fact]
    public void Every_expression_has_golden_values() => Assert.Equal(ExpressionNames.Order(), OperatorExpressions.All.Keys.Order());

    private static IEnumerable<string> ExpressionNames =>
        Cases("").Where(static name => !name.StartsWith("unary ", StringComparison.Ordinal) && !name.StartsWith("binary ", StringComparison.Ordinal));

    private static IEnumerable<string> Cases(string prefix) =>
        Golden.Names.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..key.LastIndexOf('/')]).Distinct();

    private static void Compare(string name, Tensor[] found)
    {
        var expected = Enumerable.Range(0, int.MaxValue).Select(i => $"{name}/out{i}").TakeWhile(Golden.Has).ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var actual = found[i].detach();
            if (actual.is_complex()) actual = view_as_real(actual.resolve_conj());
            var wanted = Golden[expected[i]];
            Assert.True(wanted.shape.SequenceEqual(actual.shape), $"{expected[i]} has the shape [{string.Join(", ", actual.shape)}].");
            Assert.True(wanted.dtype == actual.dtype, $"{expected[i]} has the type {actual.dtype} instead of {wanted.dtype}.");
            Assert.True(wanted.@double().allclose(actual.@double(), rtol: 1e-4, atol: 2e-6, equal_nan: true), $"{expected[i]} is\n{actual.str()}\ninstead of\n{wanted.str()}");
        }
    }

    private static Tensor OfTensor(string name, Tensor self, params Tensor[] others) =>
        Invoke(Find(typeof(Tensor), name, [.. others.Select(static _ => typeof(Tensor))])!, self, others);

    private static void InPlace(string name, Tensor self, string golden, params Tensor[] others)
    {
        if (Find(typeof(Tensor), name + "_", [.. others.Select(static _ => typeof(Tensor))]) is not { } method) return;
        var result = Golden[$"{golden}/out0"];
        var target = self.clone();
        var changed = Invoke(method, target, others);
        Assert.Same(target, changed);
        Compare(golden, [changed.to(result.dtype)]); // in place, the type stays
    }

    private static MethodInfo? Find(Type type, string name, params Type[] parameters) =>
        type.GetMethods().FirstOrDefault(method => method.Name == name
            && method.GetParameters().Take(parameters.Length).Select(static parameter => parameter.ParameterType).SequenceEqual(parameters)
            && method.GetParameters().Skip(parameters.Length).All(static parameter => parameter.IsOptional));

    private static Tensor Invoke(MethodInfo method, object? self, params Tensor[] arguments) =>
        (Tensor)method.Invoke(self, [.. arguments, .. method.GetParameters().Skip(arguments.Length).Select(static parameter => parameter.DefaultValue)])!;
}
