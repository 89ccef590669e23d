using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Same seed, same numbers, whatever the number of threads.</summary>
public class RandomnessTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(8)]
    public void Layers_inside_a_map_draw_by_element_whatever_the_number_of_workers(int workers)
    {
        var expected = Passes(0);
        var actual = Passes(workers);
        actual.Should().BeEquivalentTo(expected, o => o.WithStrictOrdering());
        expected[0].Should().NotEqual(expected[1], "each pass is augmented anew");
        expected[0].Distinct().Should().HaveCountGreaterThan(10, "each element is augmented for itself");

        static double[][] Passes(int workers)
        {
            SetRandomSeed(11);
            var (dropout, noise, own) = (new DeepKeras.Layers.Dropout(0.5), new DeepKeras.Layers.GaussianNoise(1), new DeepKeras.Layers.Dropout(0.5, seed: 3));
            var data = Dataset.Range(60).Shuffle(60).Map(
                i =>
                {
                    if (i % 5 == 0) Thread.Sleep(1);
                    var x = torch.ones(64) * i;
                    return own.Forward(noise.Forward(dropout.Forward(x, training: true), training: true), training: true);
                },
                workers);
            return [.. Enumerable.Range(0, 2).Select(_ => data.Elements().Select(t => Numbers(t.sum())[0]).ToArray())];
        }
    }

    [Test]
    public void Reading_ahead_changes_neither_order_nor_random_numbers()
    {
        var plain = Read(d => d);
        Read(d => d.Prefetch(1)).Should().Equal(plain);
        Read(d => d.Prefetch(4).Prefetch(2)).Should().Equal(plain);

        static List<int> Read(Func<Dataset<int>, Dataset<int>> ahead)
        {
            SetRandomSeed(2);
            var numbers = ahead(Dataset.Range(20).Shuffle(8).Map(i => (int)(i * 1000) + Dataset.NewRandom().Next(1000)));
            return [.. ahead(ahead(numbers.Repeat(2)).Shuffle(5)).Map(i => i + Dataset.NewRandom().Next(1000), workers: 2).Elements()];
        }
    }

    [Test]
    public void Branches_draw_independently()
    {
        Read(d => d).Should().Equal(Read(d => d.Prefetch(3)), "what reads ahead in one branch must not change the other");
        var (first, second) = (Dataset.Range(30).Shuffle(30), Dataset.Range(30).Shuffle(30));
        first.Zip(second).Elements().Should().Contain(p => p.First != p.Second);
        List<long> both = [.. first.Concatenate(second).Elements()];
        both[..30].Should().NotEqual(both[30..]);

        static List<(int, long)> Read(Func<Dataset<int>, Dataset<int>> ahead)
        {
            SetRandomSeed(2);
            return [.. ahead(Dataset.Range(10).Map(_ => Dataset.NewRandom().Next(100))).Zip(Dataset.Range(10).Shuffle(10)).Elements()];
        }
    }

    [Test]
    public void A_generator_that_draws_while_it_is_read_draws_the_same_for_any_number_of_workers()
    {
        var expected = Read(0);
        Read(1).Should().Equal(expected);
        Read(4).Should().Equal(expected);

        static List<int> Read(int workers)
        {
            SetRandomSeed(8);
            return [.. Dataset.From(Numbers).Map(i => i, workers).Elements()];
        }

        static IEnumerable<int> Numbers()
        {
            for (var i = 0; i < 20; i++) yield return Dataset.NewRandom().Next();
        }
    }

    [Test]
    public void Training_with_augmentation_repeats_bit_for_bit_with_any_number_of_workers()
    {
        var (x, y) = (torch.rand(64, 6), torch.rand(64, 1));
        var expected = Train(0, ahead: false);
        Train(2, ahead: false).Should().Equal(expected);
        Train(4, ahead: true).Should().Equal(expected);
        expected.Should().OnlyHaveUniqueItems();

        List<double> Train(int workers, bool ahead)
        {
            ClearSession();
            SetRandomSeed(5);
            var noise = new DeepKeras.Layers.GaussianNoise(0.5);
            Sequential model = [Dense(8, activation: "relu", inputShape: 6), Dropout(0.3), Dense(1)];
            model.Compile("adam", "mse");
            var data = Dataset.FromTensors(x, y).Shuffle(64).Map((a, b) => (noise.Forward(a, training: true), b), workers).Batch(16);
            return [.. model.Fit(ahead ? data.Prefetch(2) : data, epochs: 3, verbose: 0)["loss"]];
        }
    }

    [Test]
    public void Outside_of_a_map_the_session_goes_on_as_before()
    {
        SetRandomSeed(1);
        var first = RandomSource.Next();
        SetRandomSeed(1);
        Dataset.Range(3).Map(_ => Dataset.NewRandom().Next()).Take(0).Elements().Should().BeEmpty();
        RandomSource.Next().Should().Be(first);
        RandomSource.IsKeyed.Should().BeFalse();
    }

    [Test]
    public void Keys_of_parts_are_far_apart()
    {
        var keys = new HashSet<ulong>();
        for (ulong key = 0; key < 100; key++)
        {
            for (long part = -1; part < 100; part++) keys.Add(RandomKeys.Of(key, part)).Should().BeTrue();
        }
        var bits = new RandomKeys(7);
        Enumerable.Range(0, 20_000).Average(_ => (double)bits.Below(10)).Should().BeApproximately(4.5, 0.1);
    }
}
