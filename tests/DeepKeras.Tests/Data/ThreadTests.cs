using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepKeras.Data;

namespace DeepKeras.Tests.Data;

/// <summary>Threads that read ahead: bounded, stopped when nobody reads, and heard at once when they fail.</summary>
public class ThreadTests
{
    private int _before;

    /// <summary>Threads that libtorch starts for itself bear the name of the thread that it first ran in, and stay.</summary>
    [SetUp]
    public void Count_threads() => _before = Threads();

    [TearDown]
    public void All_threads_are_gone() => AwaitNoThreads();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void A_failing_map_names_the_element_and_keeps_its_stack(int workers)
    {
        var data = Dataset.Range(20).Map(i => i == 4 ? Break() : i, workers);
        var failure = data.Invoking(d => d.Elements().ToList()).Should().Throw<KerasException>().WithMessage("Map failed at element 4 *InvalidDataException: torn file*Filter()*").Which;
        failure.InnerException.Should().BeOfType<InvalidDataException>().Which.StackTrace.Should().Contain(nameof(Break));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static long Break() => throw new InvalidDataException("torn file");
    }

    [TestCase(0)]
    [TestCase(2)]
    public void A_failing_source_comes_through_as_it_is(int workers)
    {
        Dataset.From(Numbers).Map(i => i, workers).Prefetch(2).Invoking(d => d.Elements().ToList()).Should().Throw<IOException>().WithMessage("gone").Which.StackTrace.Should().Contain(nameof(Numbers));
        Dataset.From(ThrowingAtTheEnd).Map(i => i, workers).Invoking(d => d.Elements().ToList()).Should().Throw<IOException>().WithMessage("end");

        static IEnumerable<int> Numbers()
        {
            yield return 1;
            throw new IOException("gone");
        }

        static IEnumerable<int> ThrowingAtTheEnd()
        {
            try
            {
                yield return 1;
            }
            finally
            {
                ThrowEnd();
            }
        }

        static void ThrowEnd() => throw new IOException("end");
    }

    [Test]
    public void A_failure_goes_before_elements_that_are_ready()
    {
        using var begun = new ManualResetEventSlim();
        using var failed = new ManualResetEventSlim();
        var data = Dataset.Range(20).Map(
            i =>
            {
                if (i != 5) return i;
                begun.Wait(5000);
                failed.Set();
                throw new InvalidDataException("torn");
            },
            workers: 4);
        using var pass = data.Elements().GetEnumerator();
        pass.MoveNext().Should().BeTrue();
        begun.Set();
        failed.Wait(5000).Should().BeTrue();
        Thread.Sleep(50);
        pass.Invoking(p => p.MoveNext()).Should().Throw<KerasException>("elements 1 to 4 are ready, but the failure is known").WithMessage("*element 5*");
    }

    [TestCase(1, 2)]
    [TestCase(3, 6)]
    public void Workers_run_ahead_within_bounds(int workers, int bound)
    {
        var begun = 0;
        using var pass = Dataset.Range(1000).Map(i => { Interlocked.Increment(ref begun); return i; }, workers).Elements().GetEnumerator();
        for (var read = 1; read <= 5; read++)
        {
            pass.MoveNext().Should().BeTrue();
            Thread.Sleep(30);
            Volatile.Read(ref begun).Should().BeInRange(read, read + bound);
        }
    }

    [Test]
    public void Prefetch_holds_as_many_elements_as_it_was_told()
    {
        var read = 0;
        using var pass = Dataset.From(Numbers).Prefetch(3).Elements().GetEnumerator();
        pass.MoveNext().Should().BeTrue();
        Thread.Sleep(50);
        Volatile.Read(ref read).Should().Be(4, "one is taken, three wait");

        IEnumerable<int> Numbers()
        {
            while (true) yield return ++read;
        }
    }

    [Test]
    public void Work_is_shared_between_the_threads()
    {
        var clock = Stopwatch.StartNew();
        Dataset.Range(40).Map(i => { Thread.Sleep(20); return i; }, workers: 8).Elements().Should().HaveCount(40);
        clock.ElapsedMilliseconds.Should().BeLessThan(600, "one thread alone needs 800 ms, eight need 100");
    }

    [Test]
    public void The_threads_of_a_map_stack_its_batches()
    {
        var threads = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var data = Dataset.Range(100).Map(
            i =>
            {
                threads.AddOrUpdate(Environment.CurrentManagedThreadId, 1, (_, n) => n + 1);
                Thread.Sleep(1);
                return new Sample(torch.tensor((float)i), torch.tensor(i));
            },
            workers: 3);
        Batch[] batches = [.. data.Batch(8).Elements()];
        batches.Select(b => b.Count).Should().Equal([.. Enumerable.Repeat(8L, 12), 4L]);
        batches.SelectMany(b => Numbers(b.Targets[0])).Should().Equal(Enumerable.Range(0, 100).Select(i => (double)i));
        threads.Should().HaveCountGreaterThan(1);
        threads.Values.Should().OnlyContain(n => n % 8 == 0 || n % 8 == 4, "a thread makes whole batches");
        data.Batch(8, dropRemainder: true).Elements().Should().HaveCount(12);
        data.Batch(200).Elements().Single().Count.Should().Be(100);
        data.Map(s => s.Targets[0].item<long>() == 41 ? throw new InvalidDataException("torn") : s, 2).Batch(8).Invoking(d => d.Elements().Count()).Should().Throw<KerasException>().WithMessage("*element 41 *torn*");
        data.Map(s => s.Targets[0].item<long>() == 41 ? new Sample(torch.zeros(2), s.Targets[0]) : s, 2).Batch(8).Invoking(d => d.Elements().Count()).Should().Throw<KerasException>().WithMessage("*element 40 is*element 41 is (2,)*");
    }

    [Test]
    public void A_pass_that_is_given_up_ends_its_threads_and_its_source()
    {
        var ended = 0;
        for (var i = 0; i < 20; i++)
        {
            using var pass = Dataset.From(Endless).Map(n => n, workers: 2).Filter(_ => true).Shuffle(3).Prefetch(2).Map(n => n, workers: 3).Elements().GetEnumerator();
            for (var read = 0; read < i; read++) pass.MoveNext().Should().BeTrue();
        }
        AwaitNoThreads();
        // A pass of which nothing was read may end before its source has begun.
        Volatile.Read(ref ended).Should().BeInRange(19, 20);

        IEnumerable<int> Endless()
        {
            try
            {
                for (var n = 0; ; n++) yield return n;
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }
    }

    [Test]
    public void A_pass_that_is_dropped_without_disposal_ends_when_it_is_collected()
    {
        Drop(_before);
        var deadline = Environment.TickCount64 + 10_000;
        while (Threads() > _before && Environment.TickCount64 < deadline)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }
        Threads().Should().Be(_before);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop(int before)
        {
            var pass = Dataset.Range(1000).Map(i => i, workers: 3).Elements().GetEnumerator();
            pass.MoveNext().Should().BeTrue();
            Threads().Should().Be(before + 3);
        }
    }

    [Test]
    public void A_source_that_hangs_does_not_hold_up_who_gives_the_pass_up()
    {
        using var release = new ManualResetEventSlim();
        var clock = Stopwatch.StartNew();
        using (var pass = Dataset.From(Hanging).Prefetch(2).Elements().GetEnumerator()) pass.MoveNext().Should().BeTrue();
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        release.Set();

        IEnumerable<int> Hanging()
        {
            yield return 1;
            release.Wait();
            yield return 2;
        }
    }

    [Test]
    public void A_cancelled_reader_wakes_up()
    {
        using var release = new ManualResetEventSlim();
        using var source = new CancellationTokenSource(100);
        using (Reading.Under(source.Token))
        {
            var data = Dataset.Range(9).Map(i => { release.Wait(source.Token); return i; }, workers: 2).Prefetch(1);
            data.Invoking(d => d.Elements().ToList()).Should().Throw<OperationCanceledException>();
        }
        using var now = new CancellationTokenSource();
        now.Cancel();
        using (Reading.Under(now.Token))
        {
            var endless = Dataset.Range(3).Repeat();
            endless.Filter(_ => false).Invoking(d => d.Elements().ToList()).Should().Throw<OperationCanceledException>("an endless search must end too");
            endless.Map(i => i).Skip(1000).Invoking(d => d.Elements().ToList()).Should().Throw<OperationCanceledException>();
            endless.Shuffle(1000).Invoking(d => d.Elements().ToList()).Should().Throw<OperationCanceledException>();
        }
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        var data = Dataset.Range(3);
        Refuses(() => data.Map(i => i, -1), "workers must be at least 0 but was -1.");
        Refuses(() => data.Shuffle(0), "bufferSize must be at least 1 but was 0.");
        Refuses(() => data.Prefetch(0), "bufferSize must be at least 1 but was 0.");
        Refuses(() => data.Take(-1), "count must be at least 0 but was -1.");
        Refuses(() => data.Skip(-1), "count must be at least 0 but was -1.");
        Refuses(() => data.Repeat(-1), "count must be at least 0 but was -1.");
        Refuses(() => Dataset.Range(-1), "count must be at least 0 but was -1.");
        Refuses(() => data.Repeat().Cache(), "Cache() keeps one complete pass*endless*before Repeat()*");

        static void Refuses(Func<object> action, string message) => action.Should().Throw<KerasException>().WithMessage(message);
    }

    /// <summary>The threads of data sets that are alive, by the name that the system shows (proc(5)).</summary>
    private static int Threads()
    {
        if (!Directory.Exists("/proc/self/task")) Assert.Ignore("Skipped: counts threads by name in /proc, which this system lacks.");
        return Directory.GetDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "comm")).Trim() == "DeepKeras data";
            }
            catch (IOException)
            {
                return false; // It ended just now.
            }
        });
    }

    private void AwaitNoThreads()
    {
        var deadline = Environment.TickCount64 + 5000;
        while (Threads() > _before && Environment.TickCount64 < deadline) Thread.Sleep(5);
        Threads().Should().Be(_before, "no thread may outlive its pass");
    }
}
