namespace Affect.Tests.Cells;

public sealed class ClaimTests
{
    private readonly RecordingTarget target = new();

    [Fact]
    public void A_claim_that_holds_is_shown_with_a_tick_and_as_json()
    {
        using var use = target.Use();
        Claim.That(true, $"best layer {6}, WAF {0.61249:F3} > <chance>");
        var bundle = Assert.Single(target.Calls).Bundle;
        Assert.Equal("✓ best layer 6, WAF 0.612 > <chance>", bundle["text/plain"].ToString());
        Assert.EndsWith("</b> best layer 6, WAF 0.612 &gt; &lt;chance&gt;</div>", bundle["text/html"].ToString(), StringComparison.Ordinal);
        Assert.Contains("aria-label=\"holds\">✓", bundle["text/html"].ToString(), StringComparison.Ordinal);
        var claim = bundle["application/vnd.affect.claim+json"];
        Assert.Equal("best layer 6, WAF 0.612 > <chance>", (string)claim["text"]!);
        Assert.True((bool)claim["passed"]!);
    }

    [Fact]
    public void A_claim_that_fails_is_shown_and_then_thrown()
    {
        using var use = target.Use();
        var error = Assert.Throws<ClaimFailedException>(() => Claim.That(false, "the sky is green"));
        Assert.Equal("The claim does not hold: the sky is green", error.Message);
        Assert.Equal("✗ the sky is green", Assert.Single(target.Texts));
        Assert.False((bool)target.Calls[0].Bundle["application/vnd.affect.claim+json"]["passed"]!);
    }

    [Fact]
    public void The_numbers_of_a_claim_have_a_point_on_every_machine()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            using var use = target.Use();
            Claim.That(true, $"{0.5} {0.25,6} {0.375,7:F1}|");
            Assert.Equal("✓ 0.5   0.25     0.4|", target.Texts[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
