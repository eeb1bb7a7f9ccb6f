namespace Affect.Tests.Architecture;

/// <summary>Device, precision and random generators are arguments: the library keeps no state of its own.</summary>
public sealed class NoStaticStateTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_library_has_no_static_field_that_can_change()
    {
        var changing = typeof(Require).Assembly.GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.StartsWith('<'))
            .SelectMany(type => type.GetFields(Statics))
            .Where(field => !field.IsLiteral && !field.IsInitOnly && !field.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}");
        Assert.Empty(changing);
    }
}
