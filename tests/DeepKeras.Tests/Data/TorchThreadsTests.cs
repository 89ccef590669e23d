using DeepKeras.Data;

namespace DeepKeras.Tests.Data;

/// <summary>On the threads of a data set torch computes with one thread; everywhere else with as many as before.</summary>
public class TorchThreadsTests
{
    [Test]
    public void Torch_computes_with_one_thread_where_elements_are_made_and_with_all_elsewhere()
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(3);
        try
        {
            Dataset.Range(8).Map(_ => torch.get_num_threads(), workers: 2).Elements().Should().OnlyContain(n => n == 1).And.HaveCount(8);
            Dataset.Range(8).Map(_ => torch.get_num_threads()).Prefetch(2).Elements().Should().OnlyContain(n => n == 1);
            Dataset.Range(2).Map(_ => torch.get_num_threads()).Elements().Should().OnlyContain(n => n == 3);
            torch.get_num_threads().Should().Be(3);
            OnNewThread().Should().Be(3);
        }
        finally
        {
            torch.set_num_threads(before);
        }

        static int OnNewThread()
        {
            var number = 0;
            var thread = new Thread(() => number = torch.get_num_threads());
            thread.Start();
            thread.Join();
            return number;
        }
    }
}
