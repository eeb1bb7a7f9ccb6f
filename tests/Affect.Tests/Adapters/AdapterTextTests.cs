namespace Affect.Tests.Adapters;

/// <summary>An adapter's text tells all that it is: what is kept on disk is known by it.</summary>
public sealed class AdapterTextTests
{
    public static TheoryData<string, AdapterConfig, AdapterConfig> Changes => new()
    {
        { nameof(BottleneckConfig.Width), new BottleneckConfig(), new BottleneckConfig { Width = 5 } },
        { nameof(BottleneckConfig.Placement), new BottleneckConfig(), new BottleneckConfig { Placement = BottleneckPlacement.BesideFeedForward } },
        { nameof(BottleneckConfig.HasNorm), new BottleneckConfig(), new BottleneckConfig { HasNorm = false } },
        { nameof(LoraConfig.Rank), new LoraConfig(), new LoraConfig { Rank = 5 } },
        { nameof(LoraConfig.Alpha), new LoraConfig(), new LoraConfig { Alpha = 5 } },
        { nameof(LoraConfig.RankStabilised), new LoraConfig(), new LoraConfig { RankStabilised = true } },
        { nameof(LoraConfig.Initialisation), new LoraConfig(), new LoraConfig { Initialisation = LoraInitialisation.Pissa } },
        { nameof(DoraConfig.Rank), new DoraConfig(), new DoraConfig { Rank = 5 } },
        { nameof(DoraConfig.Alpha), new DoraConfig(), new DoraConfig { Alpha = 5 } },
        { nameof(DoraConfig.RankStabilised), new DoraConfig(), new DoraConfig { RankStabilised = true } },
        { nameof(DoraConfig.Initialisation), new DoraConfig(), new DoraConfig { Initialisation = LoraInitialisation.Pissa } },
        { nameof(Ia3Config.FeedForwardModules), new Ia3Config(), new Ia3Config { FeedForwardModules = ["fc2"] } },
        { nameof(PrefixTuningConfig.Length), new PrefixTuningConfig(), new PrefixTuningConfig { Length = 5 } },
        { nameof(ScaleShiftConfig.Start), new ScaleShiftConfig(), new ScaleShiftConfig { Start = 2 } },
        { nameof(AdapterConfig.Towers), new BitFitConfig(), new BitFitConfig { Towers = [new TowerTargets { Modules = ["q_proj"] }] } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void Whatever_is_set_shows(string setting, AdapterConfig usual, AdapterConfig other)
    {
        Assert.NotNull(usual.GetType().GetProperty(setting));
        Assert.NotEqual(usual.ToString(), other.ToString());
    }

    [Fact]
    public void Every_setting_is_tried()
    {
        var tried = Changes.Select(row => $"{row[1].GetType().Name}.{row[0]}").ToHashSet(StringComparer.Ordinal);
        var settings = typeof(AdapterConfig).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(AdapterConfig)))
            .SelectMany(type => type.GetProperties().Where(property => property.CanWrite && property.DeclaringType == type).Select(property => $"{type.Name}.{property.Name}"));
        Assert.DoesNotContain(settings, setting => !tried.Contains(setting));
    }
}
