namespace Affect.Tests.Conformance;

/// <summary>An encoder that a conformance suite examines, and what lives as long as it does.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="LateWeight">A weight that it uses last, to make it fail after everything before has been computed; null: it has no weights.</param>
/// <param name="Owned">What else is to be disposed with it.</param>
internal sealed record Subject<T>(T Encoder, string? LateWeight = null, params IDisposable[] Owned) : IDisposable
    where T : IDisposable
{
    private Parameter Late => ((nn.Module)(object)Encoder).named_parameters().First(named => named.name == LateWeight).parameter;

    /// <summary>Changes a weight; false where there is none.</summary>
    public bool ChangeWeight()
    {
        if (LateWeight is null) return false;
        using var noGrad = no_grad();
        Late.add_(0.1);
        return true;
    }

    /// <summary>Runs something ten times and finds no tensor left; then, where there are weights, ten times with the last one missing.</summary>
    /// <param name="encode">Encodes and disposes the result.</param>
    public void LeavesNoTensor(Action encode)
    {
        encode(); // what is made once
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) encode();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        if (LateWeight is null) return;
        Late.Dispose();
        before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) Assert.ThrowsAny<Exception>(encode);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Refuses something ten times and leaves no tensor.</summary>
    public static void Refuses<TException>(Action encode)
        where TException : Exception
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++) Assert.ThrowsAny<TException>(encode);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Whether two runs gave the same states.</summary>
    public static double Difference(LayerStates one, LayerStates other) => one.Layers.Zip(other.Layers).Max(pair => (pair.First - pair.Second).abs().max().ToDouble());

    /// <summary>Every encoder of the library is in a suite's list.</summary>
    public static void CoverLibrary(IEnumerable<Func<Subject<T>>> list)
    {
        var examined = new HashSet<Type>();
        foreach (var make in list)
        {
            using var subject = make();
            examined.Add(subject.Encoder.GetType());
        }
        Assert.Empty(typeof(T).Assembly.GetTypes().Where(type => type.IsClass && typeof(T).IsAssignableFrom(type)).Except(examined));
    }

    public void Dispose()
    {
        Encoder.Dispose();
        foreach (var owned in Owned) owned.Dispose();
    }
}
