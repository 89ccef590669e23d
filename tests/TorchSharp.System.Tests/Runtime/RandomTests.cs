using static TorchSharp.torch;

namespace TorchSharp.Tests.Runtime;

/// <summary>Seeds repeat; generators are apart.</summary>
[NonParallelizable]
public class RandomTests
{
    [Test]
    public void A_seed_repeats_and_is_PyTorchs()
    {
        using var scope = NewDisposeScope();
        manual_seed(42);
        var a = randn(3);
        manual_seed(42);
        a.Equals(randn(3)).Should().BeTrue();
        a.Equals(randn(3)).Should().BeFalse();
        // torch.manual_seed(42); torch.randn(3)
        a.data<float>().ToArray().Zip([0.33669036626815796f, 0.12880940735340118f, 0.23446236550807953f]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Test]
    public void The_state_can_be_kept_and_set()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var state = get_rng_state();
        var a = rand(4);
        set_rng_state(state);
        a.Equals(rand(4)).Should().BeTrue();
        initial_seed().Should().Be(1);
    }

    [Test]
    public void A_generator_of_ones_own_does_not_touch_the_default()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var expected = rand(3);
        using var own = new Generator(5);
        using var same = new Generator(5);
        manual_seed(7);
        var first = randn([3], generator: own);
        expected.Equals(rand(3)).Should().BeTrue();
        first.Equals(randn([3], generator: same)).Should().BeTrue();
        own.initial_seed().Should().Be(5);
        var state = own.get_state();
        var next = empty(5).uniform_(0, 1, own);
        own.set_state(state);
        next.Equals(empty(5).uniform_(0, 1, own)).Should().BeTrue();
        own.manual_seed(5);
        first.Equals(randn([3], generator: own)).Should().BeTrue();
    }

    [Test]
    public void Every_source_takes_a_generator()
    {
        using var scope = NewDisposeScope();
        foreach (var make in new Func<Generator, Tensor>[]
        {
            g => rand(5, generator: g), g => randint(0, 100, [5], generator: g), g => randperm(9, generator: g), g => normal(1, 2, [5], generator: g),
            g => empty(5).normal_(0, 1, g), g => zeros(5).bernoulli_(0.5, g), g => full(5, 0.5f).bernoulli(g), g => ones(9).multinomial(4, false, g),
            g => empty(5).exponential_(1, g), g => nn.init.uniform_(empty(5), -1, 1, g), g => nn.init.trunc_normal_(empty(5), 0, 1, -2, 2, g), g => empty(5).log_normal_(1, 2, g),
        })
        {
            using var one = new Generator(3);
            using var two = new Generator(3);
            make(one).Equals(make(two)).Should().BeTrue();
        }
    }

    [Test]
    public void Dropout_follows_the_seed()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var a = nn.functional.dropout(ones(100));
        manual_seed(3);
        a.Equals(nn.functional.dropout(ones(100))).Should().BeTrue();
        a.unique().output.data<float>().ToArray().Should().Equal(0, 2);
    }
}
